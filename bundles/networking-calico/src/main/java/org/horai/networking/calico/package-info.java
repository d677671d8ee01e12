/** The overlay provider that routes by BGP as Calico does, with bird and etcd. */
package org.horai.networking.calico;
