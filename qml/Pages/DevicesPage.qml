import QtQuick
import Marea
import Marea.App

// The devices that are there, and those that were.
FocusScope {
    id: page
    required property AppContext app
    property bool narrow: false
    readonly property DevicesViewModel devices: app.devices
    readonly property int side: narrow ? Theme.marginNarrow : Theme.margin

    Loader { id: confirm; active: false; sourceComponent: ConfirmSheet {} }
    ListView {
        id: view
        objectName: "devices"
        anchors { fill: parent; leftMargin: page.side; rightMargin: page.side }
        focus: true
        activeFocusOnTab: true
        model: page.devices
        keyNavigationEnabled: true
        boundsBehavior: Flickable.StopAtBounds
        bottomMargin: Theme.margin
        spacing: 2
        Accessible.role: Accessible.List
        Accessible.name: qsTr("Devices")
        Keys.onReturnPressed: if (currentItem) currentItem.clicked()
        Keys.onEnterPressed: if (currentItem) currentItem.clicked()
        header: PageTitle { width: ListView.view.width; text: qsTr("Devices") }
        delegate: DeviceRow {
            width: Math.min(ListView.view.width, 900)
            onClicked: page.app.navigator.go("device", {deviceKey: key})
            onForgotten: (back) => { confirm.active = true; confirm.item.ask(qsTr("Forget %1?").arg(name), qsTr("What was set for it and its history go. The files on it stay."), qsTr("Forget"), () => page.devices.forget(key), back) }
        }
        footer: Item {
            width: ListView.view.width
            height: visible ? 260 : 0
            visible: page.devices.count === 0
            EmptyState { anchors.fill: parent; iconName: "smartphone"; text: qsTr("No device is plugged in."); detail: qsTr("Plug in a phone, a player or a stick, to put music and films on it.") }
        }
    }
}
