/** Overlay providers by third parties: verified, installed, tested, taken away again. */
package org.horai.provider;
