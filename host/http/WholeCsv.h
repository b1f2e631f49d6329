#pragma once
/// Lists for spreadsheets: an address with "?format=csv" gives the whole list as one CSV, for who can neither set
/// Accept nor follow pages (Excel, Power BI, LibreOffice). Any list that gives its pages as CSV with `Link: <?…>;
/// rel="next"` is given so; one page is in memory at a time.

#include "host/sdk/Http.h"

namespace host::http {

/// Takes "format" out of a request's query and says it by Accept instead; a route that has a parameter of that name
/// keeps it. \return true when CSV was asked for by the address. AppError 400 for another format.
bool takeFormat(sdk::Request& request, const sdk::RouteOptions& options);

/// What the handler answers to a request of which takeFormat() said true: all pages, unless it names one by `limit` or
/// `cursor`. `request` must live, and is changed, until the response has been sent. AppError 406 when what is there is
/// no list.
sdk::Response wholeCsv(sdk::Request& request, const sdk::RouteOptions& options, const sdk::Handler& handler);

}  // namespace host::http
