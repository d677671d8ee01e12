/** Cluster files and Ansible inventories, read from text. */
package org.horai.core.cluster.model;
