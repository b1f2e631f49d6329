#include "host/connectors/documents/XmlGuard.h"
#include "host/sdk/Sources.h"

#include <gmock/gmock.h>

#include <string>

namespace {

using host::connectors::checkXml;
using host::sdk::SourceError;

TEST(XmlGuard, letsPlainDocumentsThrough) {
    EXPECT_NO_THROW(
        checkXml("<?xml version='1.0'?><!-- &nbsp; <!DOCTYPE --><a b='>' c=\"/>\"><![CDATA[&x; <!DOCTYPE]]>"
                 "<d/>&lt;&#160;&#xA0;</a>"));
}

TEST(XmlGuard, refusesADtdWhereverItStands) {
    EXPECT_THROW(checkXml("<!DOCTYPE a [<!ENTITY x 'y'>]><a>&x;</a>"), SourceError);
    EXPECT_THROW(checkXml("<!DOCTYPE a SYSTEM 'file:///etc/passwd'><a/>"), SourceError);
    EXPECT_THROW(checkXml("<a><!ENTITY x 'y'></a>"), SourceError);
}

TEST(XmlGuard, refusesEntitiesThatNobodyDeclared) {
    EXPECT_THROW(checkXml("<a>&nbsp;</a>"), SourceError);
    EXPECT_THROW(checkXml("<a>you & me</a>"), SourceError);
    EXPECT_THROW(checkXml("<a b='&x;'/>"), SourceError);
    EXPECT_THROW(checkXml("<a>&amp"), SourceError);
}

TEST(XmlGuard, refusesElementsThatStandTooDeep) {
    std::string open, close;
    for (int i = 0; i < 64; ++i) open += "<a>", close += "</a>";
    EXPECT_NO_THROW(checkXml(open + "<b/>" + close));
    EXPECT_THROW(checkXml("<a>" + open), SourceError);
}

TEST(XmlGuard, endsOnWhateverIsCutOff) {
    for (const auto* text : {"", "<", "<a", "<a b='", "<!--", "<![CDATA[", "<?", "</", "a"})
        EXPECT_NO_THROW(checkXml(text)) << text;
}

}  // namespace
