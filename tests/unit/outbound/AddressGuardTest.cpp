#include "host/base/outbound/AddressGuard.h"
#include "host/base/outbound/HttpPool.h"
#include "tests/support/ScriptedServer.h"

#include <gtest/gtest.h>

using host::base::AddressGuard;
using host::sdk::OutboundError;
using Poco::Net::IPAddress;

class ForbiddenAddress : public testing::TestWithParam<const char*> {};
TEST_P(ForbiddenAddress, isNotPublic) {
    EXPECT_FALSE(AddressGuard::isPublic(IPAddress(GetParam())));
}
INSTANTIATE_TEST_SUITE_P(Table, ForbiddenAddress,
                         testing::Values("0.0.0.0", "10.1.2.3", "100.64.0.1", "127.0.0.1", "127.255.255.254",
                                         "169.254.169.254", "172.16.0.1", "172.31.255.255", "192.0.0.8", "192.0.2.1",
                                         "192.168.1.1", "198.18.0.1", "198.51.100.7", "203.0.113.9", "224.0.0.1",
                                         "240.0.0.1", "255.255.255.255", "::", "::1", "::ffff:127.0.0.1",
                                         "::ffff:10.0.0.1", "::10.0.0.1", "64:ff9b::7f00:1", "64:ff9b:1::1", "100::1",
                                         "2001::1", "2001:db8::1", "2002:7f00:1::", "fc00::1", "fd12:3456::1",
                                         "fe80::1", "fec0::1", "ff02::1"));

class PublicAddress : public testing::TestWithParam<const char*> {};
TEST_P(PublicAddress, isPublic) {
    EXPECT_TRUE(AddressGuard::isPublic(IPAddress(GetParam())));
}
INSTANTIATE_TEST_SUITE_P(Table, PublicAddress,
                         testing::Values("1.1.1.1", "8.8.8.8", "9.255.255.255", "11.0.0.0", "100.63.255.255",
                                         "100.128.0.1", "172.15.255.255", "172.32.0.1", "192.167.255.255", "198.20.0.1",
                                         "223.255.255.255", "::ffff:8.8.8.8", "64:ff9b::808:808", "2a00:1450::1",
                                         "2001:4860:4860::8888", "2606:4700::1111"));

TEST(AddressGuard, refusesANameWithOnePublicAndOnePrivateAddress) {
    const AddressGuard guard({});

    EXPECT_THROW(guard.checkAddresses("mixed.example.net", {IPAddress("8.8.8.8"), IPAddress("10.0.0.1")}),
                 OutboundError);
}

namespace {

OutboundError::Kind kindOf(host::base::AddressGuardSettings guard, const std::string& url) {
    host::base::HttpPoolSettings settings;
    settings.guard = guard;
    host::base::HttpPool pool(settings);
    host::sdk::OutboundRequest request;
    request.url = url;
    request.typedByPerson = true;
    request.connectTimeout = std::chrono::seconds(5);
    try {
        pool.send(request);
    } catch (const OutboundError& error) {
        return error.kind();
    }
    return static_cast<OutboundError::Kind>(-1);
}

}  // namespace

TEST(AddressGuard, refusesPlainHttpThatAPersonTyped) {
    EXPECT_EQ(kindOf({false, true}, "http://127.0.0.1:1/"), OutboundError::Kind::Forbidden);
}

class DisguisedLoopback : public testing::TestWithParam<const char*> {};
TEST_P(DisguisedLoopback, isRefusedBeforeAnythingIsSent) {
    tests::ScriptedServer server(tests::ScriptedServer::always(tests::ScriptedServer::ok("secret")));

    const auto kind =
        kindOf({true, false}, "http://" + std::string(GetParam()) + ":" + std::to_string(server.port()) + "/");

    EXPECT_EQ(kind, OutboundError::Kind::Forbidden);
    EXPECT_EQ(server.connections(), 0);
}
INSTANTIATE_TEST_SUITE_P(Table, DisguisedLoopback,
                         testing::Values("127.0.0.1", "localhost", "127.1", "2130706433", "0x7f000001", "0177.0.0.1",
                                         "[::1]", "[::ffff:127.0.0.1]", "0.0.0.0"));

TEST(AddressGuard, letsTheAdministratorAllowLoopbackAndHttp) {
    tests::ScriptedServer server(tests::ScriptedServer::always(tests::ScriptedServer::ok("")));
    EXPECT_EQ(kindOf({true, true}, server.url()), static_cast<OutboundError::Kind>(-1));
}

TEST(AddressGuard, doesNotLendAPersonsRequestAConnectionThatSkippedIt) {
    tests::ScriptedServer server(tests::ScriptedServer::always(tests::ScriptedServer::ok("")));
    host::base::HttpPoolSettings settings;
    settings.guard.allowHttp = true;
    host::base::HttpPool pool(settings);
    host::sdk::OutboundRequest request;
    request.url = server.url();
    ASSERT_EQ(pool.send(request).status, 200);

    request.typedByPerson = true;

    EXPECT_THROW(pool.send(request), OutboundError);
}
