/** The conformance tests for a provider's own unit tests, outside of any framework. */
package org.horai.tck.local;
