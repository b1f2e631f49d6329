#include "plugin/s3/S3Client.h"

#include <gtest/gtest.h>

using plugin::s3::parseStorageUrl;

struct Pasted {
    const char* text;
    const char* endpoint;
    const char* bucket;
};
class StorageUrl : public testing::TestWithParam<Pasted> {};
TEST_P(StorageUrl, isTakenApart) {
    const auto url = parseStorageUrl(GetParam().text);
    EXPECT_EQ(url.endpoint, GetParam().endpoint);
    EXPECT_EQ(url.bucket, GetParam().bucket);
}
INSTANTIATE_TEST_SUITE_P(
    Table, StorageUrl,
    testing::Values(Pasted{"https://s3.example.net/bucket", "https://s3.example.net", "bucket"},
                    Pasted{" https://S3.Example.net/bucket/ \n", "https://s3.example.net", "bucket"},
                    Pasted{"https://s3.example.net", "https://s3.example.net", ""},
                    Pasted{"https://s3.example.net/", "https://s3.example.net", ""},
                    Pasted{"s3.example.net/bucket", "https://s3.example.net", "bucket"},
                    Pasted{"https://s3.example.net:443/bucket", "https://s3.example.net", "bucket"},
                    Pasted{"http://127.0.0.1:8080/my-bucket", "http://127.0.0.1:8080", "my-bucket"},
                    Pasted{"http://[::1]:8080/bucket", "http://[::1]:8080", "bucket"},
                    Pasted{"https://unti-prod-cat.s3.dtln.ru/", "https://s3.dtln.ru", "unti-prod-cat"},
                    Pasted{"https://s3.dtln.ru/PROVIDER", "https://s3.dtln.ru", "PROVIDER"},
                    Pasted{"https://storage.example.net", "https://storage.example.net", ""}));

class WrongStorageUrl : public testing::TestWithParam<const char*> {};
TEST_P(WrongStorageUrl, isRefusedWithItsField) {
    try {
        parseStorageUrl(GetParam());
        FAIL() << "was accepted";
    } catch (const host::sdk::AppError& error) {
        EXPECT_EQ(error.status(), 422);
        EXPECT_EQ(error.errors().at(0).pointer, "/storageUrl");
    }
}
INSTANTIATE_TEST_SUITE_P(Table, WrongStorageUrl,
                         testing::Values("", "  ", "ftp://s3.example.net/bucket", "https://", "https:///bucket",
                                         "https://user:secret@s3.example.net/bucket", "https://s3.example.net/a/b",
                                         "https://s3.example.net/bucket?x=1", "https://s3.example.net/bucket#x",
                                         "https://s3.example.net/a b", "https://s3.example.net/ab",
                                         "https://s3.example.net:0/bucket", "https://s3.example.net:x/bucket",
                                         "https://пример.рф/bucket", "https://s3 .example.net/", "https://[::1/bucket",
                                         "https://[::1]x/bucket", "https://[s3]/bucket"));
