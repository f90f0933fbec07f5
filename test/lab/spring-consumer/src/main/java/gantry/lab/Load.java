package gantry.lab;

import java.io.PrintStream;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** An open loop: requests leave at fixed times, whether or not the ones before were answered. */
final class Load {
  private static final int LAST_ANSWERS_SECONDS = 15;

  private final Call call;
  private final long intervalNanos;
  private final int slowEvery;
  private final ExecutorService threads;
  private final PrintStream output;
  private final Counts counts = new Counts();
  private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
  private volatile boolean stopped;

  Load(Call call, int rate, int slowEvery, int threads, PrintStream output) {
    this.call = call;
    this.intervalNanos = TimeUnit.SECONDS.toNanos(1) / rate;
    this.slowEvery = slowEvery;
    this.threads = Executors.newFixedThreadPool(threads);
    this.output = output;
  }

  /** Waits for a first answer, then sends until SIGTERM or the end of standard input; the exit code is 0. */
  void run() {
    var sender = Thread.currentThread();
    Runtime.getRuntime().addShutdownHook(new Thread(() -> finish(sender)));
    while (!stopped && call.get(false).reason() != null) LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
    if (stopped) return;
    print("{\"ready\":true}");
    clock.scheduleAtFixedRate(() -> print(counts.line(false)), 1, 1, TimeUnit.SECONDS);
    send();
  }

  private void send() {
    var start = System.nanoTime();
    for (long number = 1; !stopped; number++) {
      var due = start + number * intervalNanos;
      for (long wait; !stopped && (wait = due - System.nanoTime()) > 0; ) LockSupport.parkNanos(wait);
      if (stopped) return;
      var slow = number % slowEvery == 0;
      counts.sent();
      threads.execute(() -> counts.add(call.get(slow)));
    }
  }

  /** The shutdown hook: sends no more, waits for what is in flight, prints the last line. */
  private void finish(Thread sender) {
    stopped = true;
    LockSupport.unpark(sender);
    try {
      sender.join(1000);
      clock.shutdown();
      clock.awaitTermination(1, TimeUnit.SECONDS);
      threads.shutdown();
      threads.awaitTermination(LAST_ANSWERS_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException never) {
      Thread.currentThread().interrupt();
    }
    counts.closeAs("no answer");
    print(counts.line(true));
    Runtime.getRuntime().halt(0);
  }

  private void print(String line) {
    output.println(line);
    output.flush();
  }
}
