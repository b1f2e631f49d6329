#include "host/modules/ModuleHost.h"
#include "host/modules/ModulesApi.h"
#include "tests/integration/modules/LoaderHost.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace {

using namespace host::modules;
using host::sdk::ModuleConfig;
using testing::IsEmpty;
using testing::SizeIs;

/// The deadline of `stop` is what the hanging module waits for; nothing else here comes near it.
constexpr std::chrono::milliseconds kStopDeadline{200};

ModulesSettings settingsFor(const std::vector<std::string>& names) {
    ModulesSettings settings;
    settings.directory = TEST_MODULES;
    for (const auto& name : names) settings.modules.push_back({name, false, std::nullopt});
    settings.deadlines.stop = kStopDeadline;
    return settings;
}

ModuleConfig noKeys(const std::string&) {
    return {};
}

struct Case {
    std::string module;
    ModuleState beforeStop;
    ModuleState afterStop;
    std::string reason;
};

const std::string kTag = HOST_SDK_BUILD_TAG;

const std::vector<Case> kCases = {
    {"good", ModuleState::Started, ModuleState::Stopped, ""},
    {"same-symbols-as-good", ModuleState::Started, ModuleState::Stopped, ""},
    {"older-minor", ModuleState::Started, ModuleState::Stopped, ""},
    {"wrong-major", ModuleState::Refused, ModuleState::Refused,
     "Module 'wrong-major.so' refused: field 'abiMajor' is 2 in the module, 1 in this host; install a module built for "
     "host ABI 1.x, or a host of ABI 2.x."},
    {"newer-minor", ModuleState::Refused, ModuleState::Refused,
     "Module 'newer-minor.so' refused: field 'abiMinor' is 5 in the module, 4 in this host; upgrade the host to ABI "
     "1.5 or later, or install a module built for 1.4."},
    {"wrong-build-tag", ModuleState::Refused, ModuleState::Refused,
     "Module 'wrong-build-tag.so' refused: field 'buildTag' is 'gxx9;cxx201703L;glibcxx-old;poco0x01090000;x86_64' in "
     "the module, '" +
         kTag +
         "' in this host; rebuild the module with the compiler, standard library and Poco this host was built with."},
    {"no-descriptor", ModuleState::Refused, ModuleState::Refused,
     "Module 'no-descriptor.so' refused: it has no note '.note.lmsd.module'; build it with HOST_MODULE of "
     "host/sdk/Module.h."},
    {"wrong-class", ModuleState::Refused, ModuleState::Refused,
     "Module 'wrong-class.so' refused: field 'className' is 'SomeOtherModule' in the module, but its library exports "
     "no such class; rebuild the module with HOST_MODULE naming its class."},
    {"other-name", ModuleState::Refused, ModuleState::Refused,
     "Module 'other-name.so' refused: field 'name' is 'another-name' in the module, asked for as 'other-name' in this "
     "host; name the file 'another-name.so' and list 'another-name' in 'modules.load'."},
    {"throws-in-configure", ModuleState::Failed, ModuleState::Failed,
     "Module 'throws-in-configure' failed in configure: the greeting file is not readable"},
    {"throws-in-start", ModuleState::Failed, ModuleState::Failed,
     "Module 'throws-in-start' failed in start: its table could not be made; everything it registered was taken back"},
    {"hangs-in-stop", ModuleState::Started, ModuleState::Failed,
     "Module 'hangs-in-stop' failed in stop: it did not return within 200 ms; the process ends without it"},
    {"not-an-elf", ModuleState::Refused, ModuleState::Refused,
     "Module 'not-an-elf.so' refused: it is not an ELF file; put a module built with the host's SDK there."},
    {"truncated-note", ModuleState::Refused, ModuleState::Refused,
     "Module 'truncated-note.so' refused: its note '.note.lmsd.module' says 312 bytes of descriptor and holds 24; "
     "install the module's file again, it is damaged."},
    {"../modules/good", ModuleState::Refused, ModuleState::Refused,
     "Module '../modules/good' refused: its name is not a plain file name; list names such as 'u2035' in "
     "'modules.load'."},
};

class EveryModule : public testing::TestWithParam<Case> {};

TEST_P(EveryModule, comesToItsStateWithTheExactReason) {
    const Case& expected = GetParam();
    tests::LoaderHost host;
    ModuleHost modules(settingsFor({expected.module}), host.log);

    modules.load();
    auto errors = modules.configure(noKeys);
    modules.start(host.parts);
    const ModuleStatus before = modules.list().front();
    modules.stop();
    const ModuleStatus after = modules.list().front();

    EXPECT_THAT(errors, IsEmpty());
    EXPECT_STREQ(toString(before.state), toString(expected.beforeStop));
    EXPECT_STREQ(toString(after.state), toString(expected.afterStop));
    EXPECT_EQ(after.reason, expected.reason);
    EXPECT_THAT(host.router.routes, IsEmpty());
    EXPECT_THAT(host.scheduler.jobs, IsEmpty());
    EXPECT_THAT(host.health.checks, IsEmpty());
    EXPECT_THAT(host.pages.pages, IsEmpty());
}

INSTANTIATE_TEST_SUITE_P(Modules, EveryModule, testing::ValuesIn(kCases), [](const auto& one) {
    std::string name;
    for (char c : one.param.module)
        if (std::isalnum(static_cast<unsigned char>(c))) name += c;
    return name;
});

TEST(ModuleHost, oneFailingModuleDoesNotStopTheOthers) {
    tests::LoaderHost host;
    ModuleHost modules(settingsFor({"throws-in-start", "wrong-major", "good"}), host.log);

    modules.load();
    modules.configure(noKeys);
    modules.start(host.parts);

    EXPECT_EQ(modules.list().back().state, ModuleState::Started);
    EXPECT_THAT(host.scheduler.jobs, SizeIs(1));
    EXPECT_EQ(host.scheduler.jobs.begin()->first, "good.tick");
    EXPECT_EQ(host.pages.pages.size(), 1U) << "of the module that failed nothing is shown";
    EXPECT_FALSE(host.health.checks.at("module.throws-in-start")().ok);
    EXPECT_TRUE(host.health.checks.at("module.good")().ok);
}

TEST(ModuleHost, twoModulesWithTheSameSymbolsReachTheirOwn) {
    for (const std::vector<std::string>& order :
         {std::vector<std::string>{"good", "same-symbols-as-good"}, {"same-symbols-as-good", "good"}}) {
        for (const auto& name : order) {
            tests::LoaderHost host;
            ModuleHost modules(settingsFor({name}), host.log);
            modules.load();
            modules.configure(noKeys);
            modules.start(host.parts);

            EXPECT_EQ(host.router.routes.at("/api/v1/who")({}).body, "\"" + name + "\"");
        }
    }
}

TEST(ModuleHost, refusalOfARequiredModuleIsGivenToTheHost) {
    tests::LoaderHost host;
    auto settings = settingsFor({"good", "not-an-elf"});
    settings.modules[1].required = true;
    ModuleHost modules(settings, host.log);

    modules.load();

    EXPECT_THAT(modules.refusalsOfRequired(), testing::ElementsAre(testing::HasSubstr("it is not an ELF file")));
}

TEST(ModuleHost, configurationErrorsCarryTheWholeKey) {
    tests::LoaderHost host;
    ModuleHost modules(settingsFor({"good"}), host.log);
    modules.load();

    auto errors = modules.configure([](const std::string&) { return ModuleConfig{{"gretting", "hi"}}; });

    ASSERT_THAT(errors, SizeIs(1));
    EXPECT_EQ(errors[0].pointer, "module.good.gretting");
    EXPECT_EQ(modules.list().front().state, ModuleState::Refused);
}

TEST(ModuleHost, everyStepIsLoggedWithDurationAndDeadline) {
    tests::LoaderHost host;
    ModuleHost modules(settingsFor({"good"}), host.log);

    modules.load();
    modules.configure(noKeys);
    modules.start(host.parts);
    modules.stop();

    std::vector<std::string> steps;
    for (const auto& line : host.log.lines) {
        steps.push_back(line.fields.at("step"));
        EXPECT_TRUE(line.fields.count("duration_ms"));
        EXPECT_TRUE(line.fields.count("deadline_ms"));
    }
    EXPECT_THAT(steps, testing::ElementsAre("load", "configure", "start", "stop"));
}

TEST(ModuleHost, onlyAModuleThatHangsIsStuck) {
    for (const auto& [name, stuck] : std::map<std::string, bool>{{"good", false}, {"hangs-in-stop", true}}) {
        tests::LoaderHost host;
        ModuleHost modules(settingsFor({name}), host.log);
        modules.load();
        modules.configure(noKeys);
        modules.start(host.parts);
        modules.stop();

        EXPECT_EQ(modules.isAnyStuck(), stuck) << name;
    }
}

TEST(ModulesApi, listsNameVersionStateReasonAbiAndFile) {
    tests::LoaderHost host;
    ModuleHost modules(settingsFor({"wrong-major"}), host.log);
    modules.load();
    auto registration = registerModulesApi(host.router, modules);

    const std::string body = host.router.routes.at("/api/v1/modules")({}).body;

    auto item = Poco::JSON::Parser().parse(body).extract<Poco::JSON::Object::Ptr>()->getArray("items")->getObject(0);
    EXPECT_EQ(item->getValue<std::string>("name"), "wrong-major");
    EXPECT_EQ(item->getValue<std::string>("version"), "1.0.0");
    EXPECT_EQ(item->getValue<std::string>("state"), "refused");
    EXPECT_EQ(item->getValue<std::string>("abi"), "2.0");
    EXPECT_EQ(item->getValue<std::string>("file"), "wrong-major.so");
    EXPECT_FALSE(item->getValue<bool>("required"));
    EXPECT_THAT(item->getValue<std::string>("reason"), testing::HasSubstr("abiMajor"));
}

}  // namespace
