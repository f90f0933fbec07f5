package gantry.lab;

import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import org.apache.hc.client5.http.HttpHostConnectException;
import org.apache.hc.core5.http.ConnectionClosedException;
import org.apache.hc.core5.http.ConnectionRequestTimeoutException;
import org.apache.hc.core5.http.NoHttpResponseException;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestClientResponseException;

/** One request to the service, and what became of it. */
final class Call {
  private final RestClient client;

  Call(RestClient client) {
    this.client = client;
  }

  /** The answer, `demo1 v2`, or why there was none; exactly one of them is not null. */
  record Outcome(String answer, String reason) {}

  Outcome get(boolean slow) {
    try {
      var body = client.get().uri(slow ? "/work?ms=2000" : "/").retrieve().body(String.class);
      return new Outcome(body == null ? "" : body.trim(), null);
    } catch (RuntimeException failure) {
      return new Outcome(null, reason(failure));
    }
  }

  private static String reason(RuntimeException failure) {
    if (failure instanceof RestClientResponseException answer) return "HTTP " + answer.getStatusCode().value();
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof IOException io) return reason(io);
    }
    var words = String.valueOf(failure.getMessage());
    // Thrown by Spring's load balancer: "No instances available for DEMO1".
    if (failure instanceof IllegalStateException && words.startsWith("No instances available")) return "no instance";
    return failure.getClass().getSimpleName() + ": " + words;
  }

  private static String reason(IOException failure) {
    if (failure instanceof SocketTimeoutException || failure instanceof ConnectionRequestTimeoutException) return "timeout";
    if (failure instanceof HttpHostConnectException || failure instanceof ConnectException) return "connection refused";
    if (failure instanceof NoRouteToHostException || failure instanceof UnknownHostException) return "unreachable";
    if (failure instanceof NoHttpResponseException
        || failure instanceof ConnectionClosedException
        || failure instanceof SocketException) return "connection closed";
    return failure.getClass().getSimpleName();
  }
}
