package org.horai.shell.script;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.horai.api.service.OwnThreads;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Names for completion, asked for in the background: the caller waits a moment, then gets what was
 * known before.
 */
public final class LiveNames implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(LiveNames.class);

  /**
   * Where names are wanted.
   *
   * @param kind of names
   * @param before the words of the command before that place
   */
  public record Place(String kind, List<String> before) {
    public Place {
      before = List.copyOf(before);
    }
  }

  private record Question(Place place, Future<List<String>> answer) {
    boolean isOpenFor(Place wanted) {
      return place.equals(wanted) && !answer.isDone();
    }
  }

  private final Function<Place, List<String>> source;
  private final Duration patience;
  private final Map<String, List<String>> known = new ConcurrentHashMap<>();
  private final Map<String, Question> asked = new ConcurrentHashMap<>();
  private final ExecutorService executor;

  /**
   * @param source asks for the names of a place; may block
   * @param patience how long a caller waits for fresh names
   */
  public LiveNames(Function<Place, List<String>> source, Duration patience) {
    this.source = source;
    this.patience = patience;
    ThreadPoolExecutor pool =
        new ThreadPoolExecutor(
            2, 2, 10, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), new OwnThreads("shell"));
    pool.allowCoreThreadTimeOut(true);
    this.executor = pool;
  }

  /** Names for a place; those of its kind known before if the fresh ones do not come in time. */
  public List<String> of(Place place) {
    Question question =
        asked.compute(
            place.kind(),
            (kind, last) ->
                last != null && last.isOpenFor(place)
                    ? last
                    : new Question(place, executor.submit(() -> ask(place))));
    try {
      return question.answer().get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException | ExecutionException e) {
      LOG.debug("Names of kind {} did not come in time", place.kind(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return known.getOrDefault(place.kind(), List.of());
  }

  private List<String> ask(Place place) {
    List<String> names = List.copyOf(source.apply(place));
    known.put(place.kind(), names);
    return names;
  }

  /** Ends the questions, waiting at most five seconds. */
  @Override
  public void close() {
    if (!OwnThreads.end(executor)) {
      LOG.warn("A question for names of completion did not end");
    }
  }
}
