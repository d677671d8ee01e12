/** Jars: where they come from, who signed them, where they are kept. */
package org.horai.provider.client;
