/** What the launched bundles of the tests are made of. */
package org.horai.launcher.program;
