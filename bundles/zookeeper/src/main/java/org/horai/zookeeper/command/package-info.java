/** The commands of scope zk. */
package org.horai.zookeeper.command;
