package gantry.lab;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/** What was sent since counting began and what became of it. */
final class Counts {
  private static final ObjectMapper JSON = new ObjectMapper();

  private long sent;
  private long ok;
  private long lost;
  private final Map<String, Long> answers = new TreeMap<>();
  private final Map<String, Long> reasons = new TreeMap<>();

  synchronized void sent() {
    sent++;
  }

  synchronized void add(Call.Outcome outcome) {
    if (outcome.reason() == null) {
      ok++;
      answers.merge(outcome.answer(), 1L, Long::sum);
    } else {
      lost(outcome.reason(), 1);
    }
  }

  /** All that are neither ok nor lost yet are lost. */
  synchronized void closeAs(String reason) {
    if (sent > ok + lost) lost(reason, sent - ok - lost);
  }

  /** As one line of JSON. */
  synchronized String line(boolean isFinal) {
    var line = new LinkedHashMap<String, Object>();
    line.put("sent", sent);
    line.put("ok", ok);
    line.put("lost", lost);
    line.put("reasons", reasons);
    line.put("answers", answers);
    if (isFinal) line.put("final", true);
    try {
      return JSON.writeValueAsString(line);
    } catch (JsonProcessingException bug) {
      throw new IllegalStateException(bug);
    }
  }

  private void lost(String reason, long number) {
    lost += number;
    reasons.merge(reason, number, Long::sum);
  }
}
