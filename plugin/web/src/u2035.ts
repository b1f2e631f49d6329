/**
 * What a platform's page loads with one script tag: <u2035-integrations>, <u2035-wizard>, <u2035-footprint>, <u2035-matching>, <u2035-sso>
 * and the learner's button <u2035-sign-in>. The code of a page's parts comes when they are shown.
 */
import './wizard/u2035-integrations';
import './wizard/u2035-integrations-notice';
import './wizard/u2035-wizard';
import './footprint/u2035-footprint';
import './matching/u2035-matching';
import './sso/u2035-sso';
import './sign-in/u2035-sign-in';
