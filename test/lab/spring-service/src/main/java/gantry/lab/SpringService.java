package gantry.lab;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** A service that says who it is, at once or after a while; all settings are in application.yml and the environment. */
@SpringBootApplication
@RestController
public class SpringService {
  private final String name;
  private final String version;

  SpringService(@Value("${NAME:spring}") String name, @Value("${VERSION:0}") String version) {
    this.name = name;
    this.version = version;
  }

  public static void main(String[] args) {
    SpringApplication.run(SpringService.class, args);
  }

  @GetMapping("/")
  String whoAmI() {
    return name + " " + version;
  }

  @GetMapping("/version")
  String version() {
    return version;
  }

  /** Takes that long to say who it is. */
  @GetMapping("/work")
  String work(@RequestParam(defaultValue = "2000") long ms) throws InterruptedException {
    Thread.sleep(ms);
    return whoAmI();
  }
}
