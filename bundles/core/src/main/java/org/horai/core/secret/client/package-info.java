/** The places where secrets are kept. */
package org.horai.core.secret.client;
