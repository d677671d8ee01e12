/** Tests of the whole: what is in the distribution, and how its bundles live together. */
package org.horai.itests;
