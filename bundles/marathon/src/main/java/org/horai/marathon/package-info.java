/** Marathon: apps, deployments, and why something waits. */
package org.horai.marathon;
