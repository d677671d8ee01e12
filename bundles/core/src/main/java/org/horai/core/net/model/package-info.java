/** Providers, stages and findings of overlays. */
package org.horai.core.net.model;
