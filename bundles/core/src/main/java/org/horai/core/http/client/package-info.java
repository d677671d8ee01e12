/** HTTP over OkHttp. */
package org.horai.core.http.client;
