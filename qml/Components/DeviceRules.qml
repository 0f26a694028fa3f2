import QtQuick
import QtQuick.Dialogs
import Marea
import Marea.App

// What shall be on a device.
Column {
    id: rules
    required property AppContext app
    required property DeviceViewModel device
    enabled: device.state !== "syncing"
    opacity: enabled ? 1 : 0.5
    spacing: 12

    component Heading: Label { width: parent.width; topPadding: 8; color: Theme.secondary; font.pixelSize: Theme.tiny; weight: Font.Medium; Accessible.role: Accessible.Heading; Accessible.name: text }

    objectName: "deviceRules"
    function changeProfile() {
        draft.active = true
        draft.item.ask(editChip)
    }
    Loader { id: draft; active: false; sourceComponent: DeviceProfileSheet { device: rules.device } }
    Loader { id: names; active: false; sourceComponent: DeviceNamesSheet {} }
    function chooseNames(title, list, toggled, back) {
        names.active = true
        names.item.choose(title, list, toggled, back)
    }
    Loader {
        id: browser
        active: false
        sourceComponent: FolderDialog {
            title: qsTr("Choose a folder")
            currentFolder: rules.app.settings.mediaFolder
            onAccepted: rules.device.folder = rules.app.settings.pathOf(selectedFolder)
        }
    }

    Heading { text: qsTr("From") }
    Flow {
        width: parent.width
        spacing: 8
        Chip {
            text: qsTr("The server's library")
            iconName: "server"
            checkable: true
            checked: rules.device.folder === ""
            onClicked: { rules.device.folder = ""; checked = Qt.binding(() => rules.device.folder === "") }
        }
        Chip {
            id: folderChip
            text: rules.device.folder === "" ? qsTr("A folder…") : rules.device.folder.split("/").filter(s => s !== "").pop()
            iconName: "folder-open"
            checkable: true
            checked: rules.device.folder !== ""
            onClicked: { browser.active = true; browser.item.open(); checked = Qt.binding(() => rules.device.folder !== "") }
        }
    }
    Heading { text: qsTr("What comes; nothing chosen means everything") }
    Flow {
        width: parent.width
        spacing: 8
        enabled: !rules.device.onlyTitles
        opacity: rules.device.onlyTitles ? 0.5 : 1
        Repeater {
            model: rules.device.kinds.length   // they stay, with the keyboard on them, when one is chosen
            Chip {
                required property int index
                readonly property var entry: rules.device.kinds[index] ?? {text: "", value: "", checked: false}
                text: entry.text
                checkable: true
                checked: entry.checked
                onClicked: { rules.device.toggleKind(entry.value); checked = Qt.binding(() => entry.checked) }
            }
        }
        Chip {
            id: listsChip
            readonly property int chosen: rules.device.chosenPlaylists
            text: chosen > 0 ? qsTr("%n playlist(s)", "", chosen) : qsTr("Playlists")
            chevron: true
            checked: chosen > 0
            visible: rules.device.hasPlaylists
            onClicked: rules.chooseNames(qsTr("Playlists"), () => rules.device.playlists, (id) => rules.device.togglePlaylist(id), listsChip)
        }
        Chip {
            id: artistsChip
            readonly property int chosen: rules.device.chosenArtists
            text: chosen > 0 ? qsTr("%n artist(s)", "", chosen) : qsTr("Artists")
            chevron: true
            checked: chosen > 0
            visible: rules.device.hasArtists
            onClicked: rules.chooseNames(qsTr("Artists"), () => rules.device.artists, (name) => rules.device.toggleArtist(name), artistsChip)
        }
        Chip {
            text: qsTr("Only unwatched")
            checkable: true
            checked: rules.device.unwatchedOnly
            onClicked: { rules.device.unwatchedOnly = checked; checked = Qt.binding(() => rules.device.unwatchedOnly) }
        }
    }
    Heading { text: qsTr("Chosen by themselves"); visible: chosenTitles.visible }
    Flow {
        id: chosenTitles
        width: parent.width
        spacing: 8
        visible: rules.device.chosenTitles > 0 || rules.device.onlyTitles
        Chip {
            id: titlesChip
            text: qsTr("%n title(s)", "", rules.device.chosenTitles)
            chevron: true
            checked: true
            enabled: rules.device.chosenTitles > 0
            onClicked: rules.chooseNames(qsTr("Chosen by themselves"), () => rules.device.titles, (id) => rules.device.removeTitle(id), titlesChip)
        }
        Chip {
            text: qsTr("Only these")
            checkable: true
            checked: rules.device.onlyTitles
            onClicked: { rules.device.onlyTitles = checked; checked = Qt.binding(() => rules.device.onlyTitles) }
        }
    }
    Heading { text: qsTr("How much") }
    Flow {
        width: parent.width
        spacing: 8
        Chip {
            id: newestChip
            text: rules.device.newest > 0 ? qsTr("The newest %n", "", rules.device.newest) : qsTr("Any number")
            chevron: true
            checked: rules.device.newest > 0
            onClicked: newest.openAt(newestChip, false)
            ChoiceMenu {
                id: newest
                title: qsTr("The newest")
                choices: [0, 10, 25, 50, 100, 250, 500, 1000].map(n => ({text: n > 0 ? String(n) : qsTr("Any number"), value: n, checked: rules.device.newest === n}))
                onChosen: (value) => rules.device.newest = value
            }
        }
        Chip {
            id: fillChip
            text: rules.device.fillGigabytes > 0 ? qsTr("At most %1 GB").arg(rules.device.fillGigabytes) : qsTr("As much as fits")
            chevron: true
            checked: rules.device.fillGigabytes > 0
            onClicked: fill.openAt(fillChip, false)
            ChoiceMenu {
                id: fill
                title: qsTr("At most")
                choices: [0, 1, 2, 4, 8, 16, 32, 64, 128, 256, 512].map(n => ({text: n > 0 ? qsTr("%1 GB").arg(n) : qsTr("As much as fits"), value: n, checked: rules.device.fillGigabytes === n}))
                onChosen: (value) => rules.device.fillGigabytes = value
            }
        }
    }
    Heading { text: qsTr("What it plays") }
    Flow {
        width: parent.width
        spacing: 8
        Chip {
            id: profileChip
            readonly property var current: rules.device.profiles.find(p => p.value === rules.device.profile)
            text: current ? current.text : ""
            chevron: true
            onClicked: profiles.openAt(profileChip, false)
            ChoiceMenu {
                id: profiles
                title: qsTr("What it plays")
                choices: rules.device.profiles.map(p => ({text: p.text, value: p.value, checked: p.value === rules.device.profile}))
                onChosen: (value) => rules.device.profile = value
            }
        }
        Chip {
            id: editChip
            text: qsTr("Change…")
            iconName: "sliders-horizontal"
            Accessible.name: qsTr("Change what it plays")
            onClicked: rules.changeProfile()
        }
        Chip {
            id: storageChip
            visible: rules.device.storages.length > 0
            text: rules.device.chosenStorage !== "" ? rules.device.chosenStorage : rules.device.storages[0] ?? ""
            iconName: "hard-drive"
            chevron: true
            onClicked: storages.openAt(storageChip, false)
            ChoiceMenu {
                id: storages
                title: qsTr("Where on the device")
                choices: rules.device.storages.map(name => ({text: name, value: name, checked: (rules.device.chosenStorage || rules.device.storages[0]) === name}))
                onChosen: (value) => rules.device.chosenStorage = value
            }
        }
    }
}
