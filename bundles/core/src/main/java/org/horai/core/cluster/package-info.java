/** The clusters this machine knows. */
package org.horai.core.cluster;
