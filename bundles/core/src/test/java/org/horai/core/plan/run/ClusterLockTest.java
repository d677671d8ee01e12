package org.horai.core.plan.run;

import static org.assertj.core.api.Assertions.assertThat;

import org.horai.api.coordination.CoordinationStore;
import org.junit.jupiter.api.Test;

class ClusterLockTest {
  @Test
  void aLockWhoseBundleWasReplacedIsLostAndCloses() {
    CoordinationStore.Lock broken =
        new CoordinationStore.Lock() {
          @Override
          public boolean held() {
            throw new NoClassDefFoundError("of a bundle that has gone");
          }

          @Override
          public void close() {
            throw new NoClassDefFoundError("of a bundle that has gone");
          }
        };
    try (CoordinationStore.Lock kept = new ClusterLock.Kept(broken)) {
      assertThat(kept.held()).isFalse();
    }
  }
}
