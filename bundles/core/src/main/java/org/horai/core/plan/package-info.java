/** Plans made, kept, shown and run. */
package org.horai.core.plan;
