package org.horai.api.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.ref.WeakReference;
import java.security.ProtectionDomain;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadFactory;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;

class OwnThreadsTest {
  @Test
  void threadsAreNamedByTheirConcernAndEndWithTheProgram() {
    OwnThreads threads = new OwnThreads("tea");

    Thread first = threads.newThread(() -> {});
    Thread second = threads.newThread(() -> {});

    assertThat(first.getName()).isEqualTo("horai-tea-1");
    assertThat(second.getName()).isEqualTo("horai-tea-2");
    assertThat(first.isDaemon()).isTrue();
  }

  @Test
  void aLivingThreadDoesNotKeepTheBundleThatHappenedToCall() throws Exception {
    CountDownLatch over = new CountDownLatch(1);
    Passing bundle = new Passing();
    Thread thread = bundle.caller().apply(new OwnThreads("tea"), () -> await(over));
    thread.start();
    WeakReference<ClassLoader> left = new WeakReference<>(bundle);

    bundle = null;
    for (int i = 0; i < 100 && left.get() != null; i++) {
      System.gc();
      Thread.sleep(10);
    }

    assertThat(thread.isAlive()).isTrue();
    assertThat(left.get()).isNull();
    over.countDown();
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Code of another bundle on the way to the one that makes the thread. */
  public static final class Caller implements BiFunction<ThreadFactory, Runnable, Thread> {
    @Override
    public Thread apply(ThreadFactory threads, Runnable work) {
      return threads.newThread(work);
    }
  }

  /** Loads the caller anew, as the class loader of a bundle that will be replaced. */
  private static final class Passing extends ClassLoader {
    Passing() {
      super(OwnThreadsTest.class.getClassLoader());
    }

    @SuppressWarnings("unchecked")
    BiFunction<ThreadFactory, Runnable, Thread> caller() throws ReflectiveOperationException {
      String name = Caller.class.getName();
      byte[] code = code(name.replace('.', '/') + ".class");
      ProtectionDomain domain = new ProtectionDomain(null, null, this, null);
      return (BiFunction<ThreadFactory, Runnable, Thread>)
          defineClass(name, code, 0, code.length, domain).getConstructor().newInstance();
    }

    private byte[] code(String file) {
      try (InputStream in = getResourceAsStream(file)) {
        return in.readAllBytes();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
