/** The dialect of Chronos 2.x. */
package org.horai.chronos.v2;
