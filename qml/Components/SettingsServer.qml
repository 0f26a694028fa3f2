import QtQuick
import QtQuick.Dialogs
import Marea
import Marea.App

// The server, for its owners: libraries, who plays what, work in the background, how full it is.
Column {
    id: section
    required property AppContext app
    property string query: ""
    property bool narrow: false
    property bool toLibrary: false   // begin where a folder is added
    // Rows stay, with the keyboard on them, while what they say changes; one that goes says this last.
    readonly property var noRow: ({id: "", name: "", title: "", text: "", detail: "", path: "", problem: "", who: "", how: "", progress: -1, scanning: false, failed: false, running: false})
    readonly property ServerViewModel server: app.server
    readonly property LibrariesViewModel libraries: app.libraries
    Component.onCompleted: {
        server.watched = true
        if (toLibrary) Qt.callLater(() => folderName.forceActiveFocus(Qt.TabFocusReason))
    }
    Component.onDestruction: server.watched = false

    Connections {
        target: section.libraries
        function onAdded(name) { done.text = qsTr("%1 was added and is being read.").arg(name); folderName.clear(); folderPath.clear() }
    }
    Loader { id: confirm; active: false; sourceComponent: ConfirmSheet {} }
    // The system's dialog, made when first wanted. Of use only where the server is this computer.
    Loader {
        id: browser
        active: false
        sourceComponent: FolderDialog {
            title: qsTr("Choose a folder")
            currentFolder: section.app.settings.mediaFolder
            onAccepted: {
                folderPath.text = section.app.settings.pathOf(selectedFolder)
                if (folderName.text === "") folderName.text = folderPath.text.split("/").filter(s => s !== "").pop() ?? ""
            }
        }
    }
    Setting {
        query: section.query
        stacked: true
        title: qsTr("Libraries")
        explanation: qsTr("Folders of films, series or music on the server's computer. Removing one leaves its files as they are.")
        Column {
            width: section.width
            spacing: 4
            Repeater {
                model: section.libraries.entries.length
                SettingsRow {
                    required property int index
                    readonly property var modelData: section.libraries.entries[index] ?? section.noRow
                    iconName: modelData.scanning ? "activity" : modelData.problem !== "" ? "triangle-alert" : "folder-open"
                    bad: modelData.problem !== ""
                    title: modelData.name
                    detail: modelData.problem !== "" ? modelData.problem : modelData.detail + " · " + modelData.path
                    progress: modelData.progress
                    IconButton { enabled: !modelData.scanning; iconName: "refresh-cw"; iconSize: 18; color: Theme.secondary; text: qsTr("Scan %1 again").arg(modelData.name); onClicked: section.libraries.scan(modelData.id) }
                    IconButton {
                        id: gone
                        iconName: "trash-2"; iconSize: 18; color: Theme.secondary
                        text: qsTr("Remove %1").arg(modelData.name)
                        onClicked: { confirm.active = true; confirm.item.ask(qsTr("Remove %1?").arg(modelData.name), qsTr("Its titles are no longer listed. The files in the folder stay."), qsTr("Remove"), () => section.libraries.remove(modelData.id), gone) }
                    }
                }
            }
            Flow {
                width: parent.width
                spacing: 8
                Field { id: folderName; width: section.narrow ? 110 : 180; placeholderText: qsTr("Name") }
                Field { id: folderPath; width: Math.min(340, section.width - (section.narrow ? 118 : 188)); placeholderText: qsTr("/srv/media/Films"); label: qsTr("Folder"); onAccepted: addButton.clicked() }
                AppButton { visible: section.app.session.local; iconName: "folder-open"; text: qsTr("Browse…"); onClicked: { browser.active = true; browser.item.open() } }
                AppButton {
                    id: addButton
                    text: qsTr("Add")
                    primary: enabled
                    enabled: folderName.text !== "" && folderPath.text !== ""
                    onClicked: if (enabled) section.libraries.add(folderName.text, folderPath.text)
                }
            }
            Label { visible: text !== ""; width: parent.width; text: section.libraries.errorText; color: Theme.error; wrapMode: Text.Wrap; elide: Text.ElideNone; Accessible.role: Accessible.AlertMessage; Accessible.name: text }
            Label { id: done; visible: text !== "" && section.libraries.errorText === ""; width: parent.width; color: Theme.good; wrapMode: Text.Wrap; elide: Text.ElideNone; Accessible.role: Accessible.AlertMessage; Accessible.name: text }
        }
    }
    Setting {
        query: section.query
        stacked: true
        title: qsTr("Playing now")
        explanation: section.server.sessions.length === 0 ? section.server.loaded ? qsTr("Nobody plays anything.") : "" : qsTr("Who plays what, and how it reaches them.")
        Column {
            width: section.width
            Repeater {
                model: section.server.sessions.length
                SettingsRow {
                    required property int index
                    readonly property var modelData: section.server.sessions[index] ?? section.noRow
                    iconName: "monitor-play"
                    title: modelData.title
                    detail: modelData.who + " · " + modelData.how
                    progress: modelData.progress
                    IconButton { iconName: "circle-x"; iconSize: 18; color: Theme.secondary; text: qsTr("End %1").arg(modelData.title); onClicked: section.server.endSession(modelData.id) }
                }
            }
        }
    }
    Setting {
        query: section.query
        stacked: true
        title: qsTr("Work in the background")
        explanation: section.server.jobs.length === 0 ? section.server.loaded ? qsTr("There is none.") : "" : qsTr("The latest first.")
        Column {
            width: section.width
            Repeater {
                model: Math.min(12, section.server.jobs.length)
                SettingsRow {
                    required property int index
                    readonly property var modelData: section.server.jobs[index] ?? section.noRow
                    iconName: modelData.failed ? "triangle-alert" : modelData.running ? "activity" : "circle-check"
                    bad: modelData.failed
                    title: modelData.text
                    detail: modelData.detail
                    progress: modelData.progress
                    IconButton { visible: modelData.running; iconName: "x"; iconSize: 16; color: Theme.secondary; text: qsTr("Call off: %1").arg(modelData.text); onClicked: section.server.cancelJob(modelData.id) }
                }
            }
        }
    }
    Setting {
        query: section.query
        wanted: section.server.storage.length > 0
        stacked: true
        title: qsTr("Storage")
        explanation: qsTr("How much is used, and how full the disks are.")
        Column {
            width: section.width
            Repeater {
                model: section.server.storage
                SettingsRow {
                    required property var modelData
                    iconName: "hard-drive"
                    bad: modelData.share > 0.95
                    title: modelData.name
                    detail: modelData.detail
                    progress: modelData.share
                }
            }
        }
    }
    Label { visible: text !== ""; width: parent.width; text: section.server.errorText; color: Theme.error; wrapMode: Text.Wrap; elide: Text.ElideNone; Accessible.role: Accessible.AlertMessage; Accessible.name: text }
}
