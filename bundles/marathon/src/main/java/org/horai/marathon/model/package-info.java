/** Marathon's JSON and what it means; pure functions only. */
package org.horai.marathon.model;
