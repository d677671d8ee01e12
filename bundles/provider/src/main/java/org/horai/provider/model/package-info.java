/** What providers are and why they are refused. Pure. */
package org.horai.provider.model;
