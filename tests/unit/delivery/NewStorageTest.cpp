// Another store with another S3: what names files is rendered anew, with the new storage's addresses.
#include "tests/unit/delivery/LrsAndStorage.h"
#include "tests/unit/delivery/NightWorld.h"

#include <gtest/gtest.h>

using namespace plugin;
using namespace tests;

TEST(NewStorage, anotherStoreIsToldTheAddressesOfItsOwnStorage) {
    NightWorld world;
    LrsAndStorage both{world.lrs};
    world.http = &both;
    const std::string bytes = "%PDF-1.4 a work";
    host::sdk::File file;
    file.id = 9001;
    file.name = "Работа.pdf";
    file.contentType = "application/pdf";
    file.size = static_cast<std::int64_t>(bytes.size());
    file.sha256 = common::Sha256::hex(bytes);
    world.host.records_.files_ = {file};
    world.host.files_.bytes_[file.sha256] = bytes;
    const auto setUp = [&](const std::string& storeId, const std::string& bucket) {
        world.connect();
        world.integrations.active_[0].storeId = storeId;
        world.integrations.active_[0].storage =
            store::Storage{kEndpoint, bucket, "AKID", host::sdk::SecretString("storage-secret"), true};
        world.run();
    };
    const auto told = [&](const std::string& storeId, const std::string& address) {
        return world.db.number(
            "SELECT COUNT(*) FROM u2035_outbox o JOIN u2035_statement s ON s.seq = o.seq"
            " WHERE o.state = 'accepted' AND o.store_id = '" +
            storeId + "' AND s.bytes LIKE '%" + kEndpoint + "/" + address + "/%'");
    };
    const std::string first = "11111111-1111-4111-8111-111111111111", second = "22222222-2222-4222-8222-222222222222";

    setUp(first, "old");
    ASSERT_EQ(told(first, "old"), 1);
    const auto objects = both.objects.size();
    // Another LRS has none of this; with another one behind the same address the ids would be in conflict.
    SimulatedLrs other;
    LrsAndStorage anew{other};
    anew.objects = both.objects;
    world.http = &anew;
    setUp(second, "new");

    EXPECT_EQ(told(second, "new"), 1) << "rendered anew";
    EXPECT_EQ(told(second, "old"), 0);
    EXPECT_EQ(told(first, "old"), 1) << "what the old store was told stays as it was";
    EXPECT_EQ(anew.objects.size(), objects + 1) << "the file lies in the new storage too";
    EXPECT_EQ(world.db.number("SELECT COUNT(DISTINCT storage_id) FROM u2035_artifact WHERE state = 'proven'"), 2);
    EXPECT_EQ(other.stored().size(), world.lrs.stored().size()) << "everything was due for it";
}
