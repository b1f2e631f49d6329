// Uploads that an earlier process left: what the record, the storage and the disk say of their parts is compared.
#include "tests/unit/artifacts/UploaderFixture.h"

using namespace tests;
using testing::Contains;
using testing::IsEmpty;

namespace {

class Resumed : public UploaderFixture {
protected:
    /// An upload of ten parts, of which the record knows 1, 2 and 3; gives the key.
    std::string begun() {
        const auto bytes = textOf(2'500 * kKiB);
        const auto key = wantFile(bytes);
        const auto id = rig_.row(key).id;
        rig_.store.uploadCreated(id, "u1", 256 * kKiB);
        for (int number = 1; number <= 3; ++number)
            rig_.store.partDone(
                id,
                {number, "\"e\"", 256 * kKiB,
                 common::Sha256::hex(bytes.substr((static_cast<std::size_t>(number) - 1) * 256 * kKiB, 256 * kKiB))});
        return key;
    }
    static Reply listed(const std::vector<std::string>& etags) {
        std::string xml = "<ListPartsResult><IsTruncated>false</IsTruncated>";
        for (std::size_t i = 0; i < etags.size(); ++i)
            xml += "<Part><PartNumber>" + std::to_string(i + 1) + "</PartNumber><ETag>" + etags[i] + "</ETag><Size>" +
                   std::to_string(256 * kKiB) + "</Size></Part>";
        return {.body = xml + "</ListPartsResult>"};
    }
    std::size_t sent(int number) { return bodiesOf("partNumber=" + std::to_string(number) + "&").size(); }
};

TEST_F(Resumed, sendsWhatTheStorageDoesNotHave) {
    const auto key = begun();
    on("GET /b/" + key + "?uploadId=u1", listed({"\"e\"", "\"e\""}));

    EXPECT_EQ(upload(key).end, UploadEnd::Proven);

    EXPECT_EQ(sent(1) + sent(2), 0u);
    EXPECT_EQ(sent(3), 1u);
    EXPECT_EQ(sent(10), 1u);
    EXPECT_THAT(bodiesOf("?uploads="), IsEmpty());
}

TEST_F(Resumed, sendsAPartAgainThatTheStorageHasOtherwise) {
    const auto key = begun();
    on("GET /b/" + key + "?uploadId=u1", listed({"\"e\"", "\"other\"", "\"e\""}));

    EXPECT_EQ(upload(key).end, UploadEnd::Proven);
    EXPECT_EQ(sent(2), 1u);
    EXPECT_EQ(sent(1) + sent(3), 0u);
}

TEST_F(Resumed, sendsAPartAgainThatTheDiskHadOtherwise) {
    const auto key = begun();
    rig_.store.partDone(rig_.row(key).id, {2, "\"e\"", 256 * kKiB, std::string(64, '0')});
    on("GET /b/" + key + "?uploadId=u1", listed({"\"e\"", "\"e\"", "\"e\""}));

    EXPECT_EQ(upload(key).end, UploadEnd::Proven);
    EXPECT_EQ(sent(2), 1u);
    EXPECT_EQ(sent(1) + sent(3), 0u);
}

TEST_F(Resumed, beginsAnewWhenTheStorageHasForgottenTheUpload) {
    const auto key = begun();
    on("GET /b/" + key + "?uploadId=u1", {.status = 404, .body = errorXml("NoSuchUpload")});

    EXPECT_EQ(upload(key).end, UploadEnd::Proven);
    EXPECT_EQ(sent(1), 1u);
    EXPECT_EQ(bodiesOf("?uploads=").size(), 1u);
}

TEST_F(Resumed, abortsAnUploadWhoseFileHasChangedSince) {
    const auto key = begun();
    on("GET /b/" + key + "?uploadId=u1", listed({"\"e\"", "\"e\"", "\"e\""}));
    std::fstream(place(key), std::ios::in | std::ios::out | std::ios::binary).write("#", 1);

    EXPECT_EQ(upload(key).failure.code, "file-changed");
    EXPECT_THAT(lines(), Contains("DELETE /b/" + key + "?uploadId=u1"));
    EXPECT_EQ(rig_.row(key).uploadId, "");
}

}  // namespace
