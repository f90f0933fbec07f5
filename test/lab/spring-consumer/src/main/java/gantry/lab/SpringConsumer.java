package gantry.lab;

import java.io.IOException;
import java.io.PrintStream;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.util.Timeout;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.cloud.client.loadbalancer.LoadBalanced;
import org.springframework.context.annotation.Bean;
import org.springframework.http.client.HttpComponentsClientHttpRequestFactory;
import org.springframework.web.client.RestClient;

/** Calls a service all the time, as a Spring application does, and counts what it loses. */
@SpringBootApplication
public class SpringConsumer {
  private static final int THREADS = 256;
  private static final Timeout TIMEOUT = Timeout.ofSeconds(10);
  /** Standard output is for the counts alone; the log goes to standard error. */
  private static final PrintStream OUTPUT = System.out;

  public static void main(String[] args) {
    System.setOut(System.err);
    watchParent();
    var application = new SpringApplication(SpringConsumer.class);
    // SIGTERM means: stop sending and say how it ended, see Load.
    application.setRegisterShutdownHook(false);
    application.run(args).getBean(Load.class).run();
  }

  /** Whoever started this one holds its standard input open: its end means the same as SIGTERM. */
  private static void watchParent() {
    var watch =
        new Thread(
            () -> {
              try {
                while (System.in.read() >= 0) {}
              } catch (IOException gone) {
                // as good as its end
              }
              System.exit(0);
            });
    watch.setDaemon(true);
    watch.start();
  }

  /** Connections are kept, one for each thread at most; a failed request stays failed. */
  @Bean
  @LoadBalanced
  RestClient.Builder calls() {
    var connections =
        PoolingHttpClientConnectionManagerBuilder.create()
            .setMaxConnTotal(THREADS)
            .setMaxConnPerRoute(THREADS)
            .setDefaultConnectionConfig(
                ConnectionConfig.custom().setConnectTimeout(TIMEOUT).setSocketTimeout(TIMEOUT).build())
            .build();
    var client =
        HttpClients.custom()
            .setConnectionManager(connections)
            .setDefaultRequestConfig(
                RequestConfig.custom().setConnectionRequestTimeout(TIMEOUT).setResponseTimeout(TIMEOUT).build())
            .disableAutomaticRetries()
            .disableRedirectHandling()
            .build();
    return RestClient.builder().requestFactory(new HttpComponentsClientHttpRequestFactory(client));
  }

  @Bean
  Load load(
      @LoadBalanced RestClient.Builder calls,
      @Value("${consumer.app}") String app,
      @Value("${consumer.rate}") int rate,
      @Value("${consumer.slow-every}") int slowEvery) {
    return new Load(new Call(calls.baseUrl("http://" + app).build()), rate, slowEvery, THREADS, OUTPUT);
  }
}
