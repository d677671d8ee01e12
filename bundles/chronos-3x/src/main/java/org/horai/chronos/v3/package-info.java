/** The dialect of Chronos 3.x. */
package org.horai.chronos.v3;
