// Which volumes people carry about, by what Windows and macOS say of them.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "core/base/id.h"
#include "sync/devices/massstorage/macvolumes.h"
#include "sync/devices/massstorage/volumesystem.h"
#include "sync/devices/massstorage/windowsvolumes.h"

using namespace marea;
using namespace marea::sync;
namespace fs = std::filesystem;

namespace {

// STORAGE_BUS_TYPE of winioctl.h
enum Bus : std::uint8_t { kAta = 3, kUsb = 7, kSd = 12, kVirtual = 14, kNvme = 17 };

// As winioctl.h lays it out: a header of 36 bytes, and texts behind it.
std::vector<std::uint8_t> descriptor(Bus bus) {
    std::vector<std::uint8_t> bytes(36);
    bytes[0] = 40;      // Version
    bytes[4] = 36 + 8;  // Size
    bytes[10] = 1;      // RemovableMedia
    bytes[16] = 36;     // ProductIdOffset
    bytes[28] = bus;
    for (const char letter : std::string("Cruzer\0\0", 8)) {
        bytes.push_back(static_cast<std::uint8_t>(letter));
    }
    return bytes;
}

WindowsDrive drive(char letter, DriveType type, Bus bus, const char* fileSystem, const char* label = "") {
    WindowsDrive made;
    made.letter = letter;
    made.type = type;
    made.descriptor = descriptor(bus);
    made.fileSystem = fileSystem;
    made.label = label;
    return made;
}

MacDisk macDisk(const char* path, const char* fileSystem, const char* protocol) {
    MacDisk disk;
    disk.path = path;
    disk.device = "/dev/disk4s1";
    disk.fileSystem = fileSystem;
    disk.protocol = protocol;
    return disk;
}

std::string pathsOf(const std::vector<Volume>& volumes) {
    std::string all;
    for (const Volume& volume : volumes) {
        all += volume.path + " " + volume.fileSystem + " " + volume.device + " " + volume.name + "\n";
    }
    return all;
}

}  // namespace

TEST(WindowsVolumes, AreSticksCardsAndDisksOutside) {
    EXPECT_EQ(pathsOf(volumesOf({drive('D', DriveType::Removable, kUsb, "FAT32", "WALKMAN"),
                                 drive('E', DriveType::Removable, kSd, "exFAT"),
                                 drive('F', DriveType::Fixed, kUsb, "NTFS", "Músíca 海")})),
              "D:/ vfat D: WALKMAN\nE:/ exfat E: E:\nF:/ ntfs F: Músíca 海\n");
}

TEST(WindowsVolumes, AreNoBuiltInDisksImagesNetworksOrDiscs) {
    WindowsDrive toGo = drive('C', DriveType::Fixed, kUsb, "NTFS");
    toGo.hasWindows = true;
    EXPECT_EQ(
        pathsOf(volumesOf({toGo, drive('D', DriveType::Fixed, kAta, "NTFS"),
                           drive('E', DriveType::Fixed, kNvme, "NTFS"), drive('F', DriveType::Fixed, kSd, "NTFS"),
                           drive('G', DriveType::Fixed, kVirtual, "NTFS"), drive('H', DriveType::Remote, kUsb, "NTFS"),
                           drive('I', DriveType::CdRom, kUsb, "UDF"), drive('J', DriveType::RamDisk, kUsb, "FAT32")})),
        "");
}

TEST(WindowsVolumes, OneWithoutAMediumOrLockedIsNone) {
    EXPECT_EQ(pathsOf(volumesOf({drive('D', DriveType::Removable, kUsb, "")})), "");
    EXPECT_EQ(pathsOf(volumesOf({drive('D', DriveType::Removable, kUsb, "CDFS")})), "");
}

TEST(WindowsVolumes, ADescriptorThatIsCutOffSaysNothing) {
    const auto whole = descriptor(kUsb);
    EXPECT_EQ(busOf(whole), kUsb);
    EXPECT_EQ(busOf(std::span(whole).first(31)), 0u);
    EXPECT_EQ(busOf({}), 0u);
    WindowsDrive silent = drive('D', DriveType::Fixed, kUsb, "NTFS");
    silent.descriptor.clear();
    EXPECT_FALSE(isCarried(silent));
}

TEST(WindowsVolumes, AreEjectedAsMediaOrAsDevices) {
    EXPECT_EQ(ejectWayOf(drive('D', DriveType::Removable, kUsb, "FAT32")), EjectWay::Medium);
    EXPECT_EQ(ejectWayOf(drive('D', DriveType::Fixed, kUsb, "NTFS")), EjectWay::Device);
    EXPECT_EQ(instanceOf(
                  R"(\\?\USBSTOR#Disk&Ven_SanDisk&Prod_Cruzer&Rev_1.26#2004&0#{53f56307-b6bf-11d0-94f2-00a0c91efb8b})"),
              R"(USBSTOR\Disk&Ven_SanDisk&Prod_Cruzer&Rev_1.26\2004&0)");
    EXPECT_EQ(instanceOf(""), "");
}

TEST(WindowsVolumes, TheProgramThatHoldsOneIsNamedIfThereIsOne) {
    EXPECT_EQ(vetoHolder(3, R"(C:\Program Files\Player\player.exe)"), "player.exe");
    EXPECT_EQ(vetoHolder(4, "WSearch"), "WSearch");
    EXPECT_EQ(vetoHolder(5, R"(USBSTOR\Disk&Ven_SanDisk\2004&0)"), "");
}

TEST(MacVolumes, AreSticksCardsAndDisksOutside) {
    MacDisk card = macDisk("/Volumes/EOS_DIGITAL", "exfat", "Secure Digital");
    card.isInternal = card.isRemovable = card.isEjectable = true;
    MacDisk named = macDisk("/Volumes/STICK 1", "msdos", "USB");
    named.name = "STICK";
    EXPECT_EQ(pathsOf(volumesOf({named, card, macDisk("/Volumes/Disk", "apfs", "USB")})),
              "/Volumes/STICK 1 vfat /dev/disk4s1 STICK\n"
              "/Volumes/EOS_DIGITAL exfat /dev/disk4s1 EOS_DIGITAL\n"
              "/Volumes/Disk apfs /dev/disk4s1 Disk\n");
}

TEST(MacVolumes, AreNoneOfTheSystemsOwnNoImagesAndNoNetworks) {
    MacDisk inside = macDisk("/Volumes/Data", "apfs", "PCI-Express");
    inside.isInternal = true;
    MacDisk hidden = macDisk("/System/Volumes/Preboot", "apfs", "USB");
    hidden.isShown = false;
    MacDisk share = macDisk("/Volumes/share", "smbfs", "");
    share.isLocal = false;
    MacDisk network = macDisk("/Volumes/share", "exfat", "");
    network.device = "//ana@server/share";
    EXPECT_EQ(pathsOf(volumesOf({inside, hidden, share, network, macDisk("/", "apfs", "USB"),
                                 macDisk("/Volumes/Installer", "hfs", "Virtual Interface"),
                                 macDisk("/Volumes/Disc", "cd9660", "USB")})),
              "");
}

TEST(Volumes, HaveOneNameForAFileSystemOnAllSystems) {
    for (const char* said : {"FAT", "FAT32", "msdos", "msdosfs", "vfat"}) {
        EXPECT_EQ(fileSystemName(said), "vfat") << said;
        EXPECT_TRUE(isFat(fileSystemName(said))) << said;
    }
    EXPECT_EQ(fileSystemName("exFAT"), "exfat");
    EXPECT_FALSE(isFat(fileSystemName("exFAT")));
    EXPECT_EQ(fileSystemName("NTFS"), "ntfs");
    EXPECT_EQ(fileSystemName("hfs"), "hfsplus");
}

TEST(Volumes, OfASystemWithoutMoreToSayAreThoseWhereSticksAreMounted) {
    EXPECT_EQ(pathsOf(carriedOf({{"/", "ufs", "/dev/ada0p2", ""},
                                 {"/media/STICK", "vfat", "/dev/da0s1", ""},
                                 {"/mnt", "vfat", "/dev/da1s1", ""},
                                 {"/media/share", "nfs", "server:/share", ""}})),
              "/media/STICK vfat /dev/da0s1 STICK\n");
}

#ifdef __linux__
TEST(Volumes, SayWhichProgramHasAFileOfThemOpen) {
    const fs::path folder = fs::temp_directory_path() / ("marea-held-" + core::newId());
    fs::create_directories(folder / "Music");
    EXPECT_EQ(volumeHolder(folder.string()), "");
    {
        const std::ofstream open(folder / "Music/a.mp3");
        std::ifstream own("/proc/self/comm");
        std::string name;
        std::getline(own, name);
        EXPECT_EQ(volumeHolder(folder.string()), name);
        EXPECT_EQ(volumeHolder(folder.string() + "/Mus"), "") << "another folder, with the same beginning";
    }
    fs::remove_all(folder);
}
#endif
