/** Mesos masters. */
package org.horai.mesos.master;
