/** Workloads on Marathon. */
package org.horai.marathon;
