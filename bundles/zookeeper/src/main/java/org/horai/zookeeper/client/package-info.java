/** Sessions with ZooKeeper ensembles; every call is bounded by a deadline. */
package org.horai.zookeeper.client;
