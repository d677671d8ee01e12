/** What checks find, and how it is shown. */
package org.horai.core.doctor.model;
