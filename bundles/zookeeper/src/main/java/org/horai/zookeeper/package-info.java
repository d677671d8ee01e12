/** The coordination store over ZooKeeper. */
package org.horai.zookeeper;
