/** The overlay provider of Flannel with its key store etcd. */
package org.horai.networking.flannel;
