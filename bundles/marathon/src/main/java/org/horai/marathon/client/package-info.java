/** Marathon on the wire. */
package org.horai.marathon.client;
