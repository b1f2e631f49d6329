#include "host/connectors/sql/Endpoint.h"
#include "host/connectors/sql/OdbcConnection.h"
#include "tests/support/SqlSource.h"

#include <gmock/gmock.h>

namespace {

using namespace host::connectors::sql;
using ::testing::HasSubstr;
using tests::SourceError;
using tests::SourceRequest;

SourceRequest to(const std::string& host, const std::string& tls = "verify") {
    auto request = tests::sqlRequest("postgresql", "moodle", "SELECT 1");
    request.connection.texts["host"] = host;
    request.connection.texts["tls"] = tls;
    return request;
}

TEST(Endpoint, insideOnesAreRefusedUnlessAllowed) {
    EXPECT_REFUSED(targetOf(to("127.0.0.1"), {}), Configuration, "outbound.allow_private_addresses");
    EXPECT_REFUSED(targetOf(to("10.1.2.3"), {}), Configuration, "private or reserved network");
    EXPECT_REFUSED(targetOf(to("::1"), {}), Configuration, "private or reserved network");
    EXPECT_EQ(targetOf(to("127.0.0.1"), tests::localSettings()).port, 5432);
}

TEST(Endpoint, withoutTlsOnlyWhereTheAdministratorLets) {
    SqlSettings http;
    http.guard.allowHttp = true;

    EXPECT_REFUSED(targetOf(to("93.184.216.34", "off"), {}), Configuration, "outbound.allow_http");
    EXPECT_REFUSED(targetOf(to("93.184.216.34", "off"), tests::localSettings()), Configuration, "outbound.allow_http");
    EXPECT_FALSE(targetOf(to("127.0.0.1", "off"), tests::localSettings()).tls);
    EXPECT_FALSE(targetOf(to("93.184.216.34", "off"), http).tls);
}

TEST(Endpoint, aHostIsNoPathListOrOption) {
    for (const char* host : {"", "/var/run/postgresql", "a,b", "a b", "-h", "a=b", "a;b", "a\nb"})
        EXPECT_REFUSED(targetOf(to(host), tests::localSettings()), Configuration, "not the name or address");
}

TEST(Endpoint, anOdbcDriverIsOneThatTheAdministratorSetUp) {
    auto request = to("127.0.0.1");
    request.connection.texts["driver"] = "odbc-mssql";
    EXPECT_REFUSED(targetOf(request, tests::localSettings()), Configuration, "set up no 'odbc-mssql'");
}

TEST(Endpoint, aValueBringsNoOptionIntoAConnectionString) {
    Target target;
    target.addresses = {Poco::Net::IPAddress("192.0.2.1")};
    target.host = "db.example.org";
    target.port = 1433;
    target.database = "moodle;Trace=1";
    target.user = "u}r";
    target.password = host::sdk::SecretString("p;Driver=/tmp/x.so}");

    EXPECT_EQ(
        connectionString("Driver={ODBC Driver 18 for SQL Server};Server={address},{port};HostNameInCertificate={host};"
                         "Database={database};UID={user};PWD={password};Encrypt=yes",
                         target),
        "Driver={ODBC Driver 18 for SQL Server};Server=192.0.2.1,1433;HostNameInCertificate=db.example.org;"
        "Database={moodle;Trace=1};UID={u}}r};PWD={p;Driver=/tmp/x.so}}};Encrypt=yes");
}

}  // namespace
