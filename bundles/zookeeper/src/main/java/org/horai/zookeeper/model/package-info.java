/** What paths, sequence numbers, status texts and stored records mean. Pure. */
package org.horai.zookeeper.model;
