import QtQuick
import QtQuick.Window
import Marea
import Marea.App

// What will be done, and the button that does it; while it runs, how far it is.
Column {
    id: head
    required property DeviceViewModel device
    readonly property bool running: device.state === "syncing"
    readonly property bool reading: device.state === "reading"
    spacing: 12
    // Also where the plan became another one while it was asked.
    function sync() {
        const removal = device.removalText
        if (removal === "") return begin()
        confirm.active = true
        confirm.item.ask(qsTr("Remove files from %1?").arg(device.name), removal, qsTr("Remove and sync"),
                         () => device.removalText === removal ? head.begin() : head.sync(), button)
    }
    function begin() {
        device.sync()
        if (running) pause.forceActiveFocus(reason)   // the button is no longer shown
    }
    readonly property int reason: Theme.keyboard ? Qt.TabFocusReason : Qt.MouseFocusReason
    // Which of what is here had the focus last. When it goes, or can no longer be pressed, the focus is for what can be done
    // now, and meanwhile where the words are that nothing is to be done.
    property Item held: null
    function settleFocus() {
        if (!held) return
        if (held.visible && held.enabled && held !== inStep) {
            if (!held.activeFocus) held = null
        } else if (isAround(head.Window.activeFocusItem)) {
            const next = button.visible && button.enabled ? button : inStep
            next.forceActiveFocus(reason)
        } else {
            held = null
        }
    }
    // What is disabled leaves the focus to what is around it.
    function isAround(item) {
        for (let at = held; at; at = at.parent)
            if (at === item) return true
        return item === null
    }
    Connections { target: head.device; function onChanged() { Qt.callLater(head.settleFocus) } }
    Loader { id: confirm; active: false; sourceComponent: ConfirmSheet {} }
    Flow {
        width: parent.width
        spacing: 8
        visible: !head.running
        AppButton { id: button; objectName: "sync"; visible: !head.device.inStep; onActiveFocusChanged: if (activeFocus) head.held = this; primary: enabled; enabled: head.device.canSync; iconName: "arrow-up-down"; text: head.device.syncText; onClicked: head.sync() }
        Item {
            id: inStep
            objectName: "inStep"
            visible: head.device.inStep && !head.reading
            width: done.x + done.implicitWidth
            height: button.height
            onActiveFocusChanged: if (activeFocus) head.held = this
            Accessible.role: Accessible.StaticText
            Accessible.name: done.text
            Icon { id: mark; anchors.verticalCenter: parent.verticalCenter; size: 18; name: "check"; color: Theme.good }
            Label { id: done; anchors { left: mark.right; leftMargin: 8; verticalCenter: parent.verticalCenter } text: head.device.syncText; color: Theme.secondary; Accessible.ignored: true }
            FocusRing { shown: inStep.activeFocus }
        }
    }
    Column {
        width: parent.width
        visible: head.reading
        spacing: 8
        Label { objectName: "reading"; width: parent.width; text: head.device.progressText; color: Theme.secondary; tabular: true }
        AppButton { id: callOff; objectName: "callOff"; onActiveFocusChanged: if (activeFocus) head.held = this; quiet: true; iconName: "x"; text: qsTr("Cancel"); onClicked: head.device.cancel() }
    }
    Column {
        width: parent.width
        visible: head.running
        spacing: 8
        Rectangle {
            width: parent.width; height: 6; radius: 3
            color: Theme.track
            Accessible.role: Accessible.ProgressBar
            Accessible.name: head.device.progressText
            Rectangle { width: parent.width * Math.max(0, Math.min(1, head.device.progress)); height: 6; radius: 3; color: Theme.accent }
        }
        Label { width: parent.width; text: head.device.progressText; color: Theme.secondary; tabular: true }
        Row {
            spacing: 8
            AppButton { id: pause; onActiveFocusChanged: if (activeFocus) head.held = this; iconName: head.device.paused ? "play" : "pause"; text: head.device.paused ? qsTr("Go on") : qsTr("Pause"); onClicked: head.device.setPaused(!head.device.paused) }
            AppButton { onActiveFocusChanged: if (activeFocus) head.held = this; quiet: true; iconName: "x"; text: qsTr("Cancel"); onClicked: head.device.cancel() }
        }
    }
    Label { width: parent.width; visible: text !== ""; text: head.device.stepsText; color: head.device.libraryFailed ? Theme.warning : Theme.secondary; wrapMode: Text.Wrap; elide: Text.ElideNone; Accessible.role: head.device.libraryFailed ? Accessible.AlertMessage : Accessible.StaticText; Accessible.name: text }
    AppButton { visible: head.device.libraryFailed && !head.running; quiet: true; text: qsTr("Try again"); onClicked: head.device.reload() }
    Column {
        width: parent.width
        visible: head.device.othersText !== "" && !head.running
        spacing: 8
        Label { objectName: "others"; width: parent.width; text: head.device.othersText; wrapMode: Text.Wrap; elide: Text.ElideNone }
        AppButton {
            objectName: "takeOver"
            quiet: true
            iconName: head.device.takesOver ? "x" : "monitor"
            text: head.device.takesOver ? qsTr("Leave them as they are") : qsTr("Take this device over")
            onClicked: head.device.setTakesOver(!head.device.takesOver)
        }
    }
    Column {
        width: parent.width
        visible: head.device.problems.length > 0
        spacing: 4
        Label { width: parent.width; text: qsTr("What did not come"); color: Theme.warning; weight: Font.Medium }
        Repeater {
            model: head.device.problems.slice(0, 20)
            Label { required property var modelData; width: head.width; text: modelData.path + " · " + modelData.reason; color: Theme.secondary; elide: Text.ElideMiddle }
        }
        Label { visible: head.device.problems.length > 20; width: parent.width; text: qsTr("and %n more", "", head.device.problems.length - 20); color: Theme.secondary }
    }
    Choice {
        width: parent.width
        visible: head.device.plan.actions.length > 1
        options: [{value: "", text: qsTr("All")}].concat(head.device.plan.actions)
        value: head.device.plan.filter
        onPicked: (value) => head.device.plan.filter = value
    }
}
