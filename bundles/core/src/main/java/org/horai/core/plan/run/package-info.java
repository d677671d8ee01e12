/** A run: its folder, its journal, its steps. */
package org.horai.core.plan.run;
