#include "common/Uuid.h"

#include <gtest/gtest.h>

#include <set>
#include <stdexcept>

using common::Uuid;
using common::UuidNamespace;

TEST(Uuid, namedAgreesWithRfc9562) {
    EXPECT_EQ(Uuid::v5(Uuid::kNamespaceDns, "www.example.com"), "2ed6657d-e927-568b-95e1-2665a8aea6a2");
}

TEST(Uuid, namedIsTheSameForOneNameAndAnotherForAnother) {
    UuidNamespace space(Uuid::kNamespaceUrl);

    EXPECT_EQ(space.v5("https://example.com/a"), Uuid::v5(Uuid::kNamespaceUrl, "https://example.com/a"));
    EXPECT_NE(space.v5("a"), space.v5("b"));
}

TEST(Uuid, namedRefusesANamespaceThatIsNone) {
    EXPECT_THROW(Uuid::v5("6ba7b810-9dad-11d1-80b4", "x"), std::invalid_argument);
}

TEST(Uuid, randomHasItsVersionAndVariantAndIsNotRepeated) {
    std::set<std::string> seen;
    for (int i = 0; i < 1000; ++i) {
        std::string id = Uuid::v4();
        EXPECT_TRUE(Uuid::isValid(id));
        EXPECT_EQ(id[14], '4');
        EXPECT_NE(std::string("89ab").find(id[19]), std::string::npos);
        seen.insert(id);
    }
    EXPECT_EQ(seen.size(), 1000U);
}

TEST(Uuid, isValidOnlyInItsOneForm) {
    EXPECT_TRUE(Uuid::isValid("2ED6657D-e927-568b-95e1-2665a8aea6a2"));
    for (const char* text : {"", "2ed6657de927568b95e12665a8aea6a2", "{2ed6657d-e927-568b-95e1-2665a8aea6a2}",
                             "2ed6657d-e927-568b-95e1-2665a8aea6ag", "2ed6657d-e927-568b-95e1-2665a8aea6a22"})
        EXPECT_FALSE(Uuid::isValid(text)) << text;
}
