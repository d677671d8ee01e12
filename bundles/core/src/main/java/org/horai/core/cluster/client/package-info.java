/** Reads and remembers cluster files on disk. */
package org.horai.core.cluster.client;
