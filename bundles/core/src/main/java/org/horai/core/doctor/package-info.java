/** Looks at a whole cluster and says what is wrong. */
package org.horai.core.doctor;
