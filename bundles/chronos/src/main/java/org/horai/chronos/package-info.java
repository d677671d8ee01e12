/** Chronos in high availability, and its jobs. */
package org.horai.chronos;
