/** The HTTP client that all concerns share. */
package org.horai.core.http;
