/** What the answers of Mesos mean. Pure. */
package org.horai.mesos.master.model;
