/** Resolves references to secrets. */
package org.horai.core.secret;
