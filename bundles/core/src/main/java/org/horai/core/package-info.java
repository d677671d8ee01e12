/** Cluster file, inventory, plan engine, journal, secrets and HTTP. */
package org.horai.core;
