/** Runs checks at the same time, and dials ports. */
package org.horai.core.doctor.client;
